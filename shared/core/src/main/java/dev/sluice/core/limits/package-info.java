/// Buckets, cooldowns and breakers: what one state item means, each change to it as one atomic step, and the ledger that
/// makes the steps. Follows ADMISSION.md; knows no store.
@NullMarked
package dev.sluice.core.limits;

import org.jspecify.annotations.NullMarked;
