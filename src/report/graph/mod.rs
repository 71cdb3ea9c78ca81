//! Drawings: the neighbourhood of an instrument in three languages of graphs, and citations by year as a chart.

pub mod chart;
pub mod dot;
pub mod graphml;
pub mod svg;
