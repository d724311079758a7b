/// The function that a schedule starts once a day, so that the gateway's snapshot stays in use.
@NullMarked
package dev.sluice.upkeep;

import org.jspecify.annotations.NullMarked;
