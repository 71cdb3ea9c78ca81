//! Carrying out a search plan: everything that fits in one pass, then a closer look at the best.

use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Score, TERMINATED};

use super::bm25_statistics::AmongHits;
use super::collector::{CitationCounts, Gathered, HitCollector};
use super::encode::day;
use super::lower;
use super::open::Store;
use crate::law::Force;
use crate::store::error::StoreError;
use crate::store::plan::{Filter, Order, RecordKind, Rescore, SearchHit, SearchPlan, SearchResults};

impl Store {
    /// The hits of a plan.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn search(&self, plan: &SearchPlan) -> Result<SearchResults, StoreError> {
        let query = lower::plan(self, plan)?;
        let statistics = AmongHits::new(&self.searcher, &self.fields)?;
        let quick = !plan.total && !plan.facets && plan.order == Order::Relevance && !plan.is_by_force();
        if quick && let Some(hits) = self.quickly(&query, plan.limit, &statistics)? {
            return Ok(SearchResults { total: hits.len(), hits, ..SearchResults::default() });
        }
        let collector = self.collector(plan)?;
        let mut found: Gathered = self.searcher.search_with_statistics_provider(&query, &collector, &statistics)?;
        if let Some(rescore) = &plan.rescore {
            let window = found.top.len().min(rescore.window);
            self.rescore(&mut found.top[..window], rescore, &statistics)?;
        }
        found.top.truncate(plan.limit);
        let hits =
            found.top.into_iter().map(|(score, _, address)| self.hit(score, address)).collect::<Result<_, _>>()?;
        Ok(SearchResults { total: found.total, hits, facets: found.facets })
    }

    fn collector(&self, plan: &SearchPlan) -> Result<HitCollector, StoreError> {
        let forces = |not: bool| -> Vec<Force> {
            let asked = plan.filters.iter().filter_map(|(negated, filter)| match filter {
                Filter::Force(force) if *negated == not => Some(*force),
                _ => None,
            });
            asked.collect()
        };
        let window = plan.rescore.as_ref().map_or(0, |rescore| rescore.window);
        Ok(HitCollector {
            columns: Arc::clone(&self.columns),
            limit: plan.limit.max(window),
            order: plan.order,
            facets: plan.facets,
            forces: Some(forces(false)).filter(|forces| !forces.is_empty()),
            not_forces: forces(true),
            as_of: day(plan.force.as_of),
            overrides: self.encoded_overrides(&plan.force.overrides),
            counts: if plan.order == Order::Cited { self.all_cited()? } else { CitationCounts::default() },
        })
    }

    /// The best hits without a look at the others; `None` where equal hits at the end could be others at another time.
    fn quickly(
        &self,
        query: &dyn Query,
        limit: usize,
        statistics: &AmongHits<'_>,
    ) -> Result<Option<Vec<SearchHit>>, StoreError> {
        let limit = limit.max(1);
        let top = TopDocs::with_limit(limit + 1).order_by_score();
        let mut top = self.searcher.search_with_statistics_provider(query, &top, statistics)?;
        if top.len() > limit && top[limit].0 == top[limit - 1].0 {
            return Ok(None);
        }
        top.truncate(limit);
        let mut ordered = Vec::with_capacity(top.len());
        for (score, address) in top {
            ordered.push((score, self.tie(address)?, address));
        }
        ordered.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(Some(ordered.into_iter().map(|(score, _, address)| self.hit(score, address)).collect::<Result<_, _>>()?))
    }

    /// Adds to the scores what the clauses score. Each clause is asked about these hits alone.
    fn rescore(
        &self,
        hits: &mut [(Score, u64, DocAddress)],
        rescore: &Rescore,
        statistics: &AmongHits<'_>,
    ) -> Result<(), StoreError> {
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_key(|at| hits[*at].2);
        let places: Vec<DocAddress> = hits.iter().map(|(.., address)| *address).collect();
        for clause in &rescore.clauses {
            let query = lower::clause(self, clause);
            let weight = query.weight(EnableScoring::enabled_from_statistics_provider(statistics, &self.searcher))?;
            for segment in order.chunk_by(|a, b| places[*a].segment_ord == places[*b].segment_ord) {
                let mut scorer = weight.scorer(self.searcher.segment_reader(places[segment[0]].segment_ord), 1.0)?;
                for at in segment {
                    let wanted = places[*at].doc_id;
                    let doc = if scorer.doc() < wanted { scorer.seek(wanted) } else { scorer.doc() };
                    if doc == wanted {
                        hits[*at].0 += scorer.score();
                    } else if doc == TERMINATED {
                        break;
                    }
                }
            }
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(())
    }

    fn hit(&self, score: f32, address: DocAddress) -> Result<SearchHit, StoreError> {
        let instrument = self.identity(address)?;
        let document = self.string("document", address)?;
        let kind = if document.is_some() { RecordKind::Document } else { RecordKind::Instrument };
        let id = document.or_else(|| instrument.clone()).unwrap_or_default();
        Ok(SearchHit { id, kind, instrument, score })
    }
}
