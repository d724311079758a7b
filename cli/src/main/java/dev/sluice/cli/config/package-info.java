/// The configuration as the owner changes it: apply, compare, roll back, and what comes into force.
@NullMarked
package dev.sluice.cli.config;

import org.jspecify.annotations.NullMarked;
