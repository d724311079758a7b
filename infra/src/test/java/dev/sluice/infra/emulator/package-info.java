/// Tests against an emulator of AWS; compiled and run with `-Plocalstack` alone.
@NullMarked
package dev.sluice.infra.emulator;

import org.jspecify.annotations.NullMarked;
