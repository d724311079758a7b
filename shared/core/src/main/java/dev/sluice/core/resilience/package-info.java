/// Judging failed attempts, waiting, budgets and breakers. Pure or free of clocks.
@NullMarked
package dev.sluice.core.resilience;

import org.jspecify.annotations.NullMarked;
