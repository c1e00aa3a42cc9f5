//! Tests of a persister's life over a scripted back end, one file a theme.

mod auto;
mod auto_together;
mod destroying;
mod executor;
mod loading;
mod queueing;
mod reentering;
mod safety;
mod saving;
mod world;
