/// What can be wrong with a gateway and its surroundings, found out one area at a time, each with what mends it.
@NullMarked
package dev.sluice.cli.doctor;

import org.jspecify.annotations.NullMarked;
