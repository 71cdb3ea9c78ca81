//! What force and use add to the score of a hit: an instrument in force that many cite comes before one like it that has
//! ended. How well the words fit is the plan's (`rank`).

use super::hits::times_cited;
use crate::law::Force;
use crate::library::identity::facts;
use crate::library::{LibraryError, force_on, today};
use crate::register::Register;
use crate::store::{SearchHit, Store};

/// Multiplies the scores by what force and use make of them: a little, so that they decide between hits that are near
/// each other. The best come first, equal ones by their ids.
pub(super) fn weigh(store: &Store, register: &Register, hits: &mut [SearchHit]) -> Result<(), LibraryError> {
    let ids: Vec<&str> = hits.iter().filter_map(|hit| hit.instrument.as_deref()).collect();
    let mut cited = times_cited(store, register, &ids)?.into_iter();
    for hit in hits.iter_mut() {
        hit.score *= weight(store, register, hit, &mut cited)?;
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    Ok(())
}

fn weight(
    store: &Store,
    register: &Register,
    hit: &SearchHit,
    cited: &mut impl Iterator<Item = usize>,
) -> Result<f32, LibraryError> {
    /// That of what has no force at all, and of what has one that is not known.
    const UNKNOWN: f32 = 0.97;
    let Some(id) = &hit.instrument else { return Ok(UNKNOWN) };
    let force = match force_on(facts(store, register, id)?.as_ref(), today()) {
        Force::InForce | Force::InPart | Force::NotYet => 1.0,
        Force::Unknown => UNKNOWN,
        Force::Suspended => 0.94,
        Force::Ended => 0.9,
    };
    Ok(force * (1.0 + 0.06 * (1.0 + cited.next().unwrap_or(0) as f32).ln()))
}
