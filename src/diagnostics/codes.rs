//! (contract only: see the design)
