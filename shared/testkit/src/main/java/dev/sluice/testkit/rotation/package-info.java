/// The rotation of the master key under random sequences of steps, failures and owners' commands.
@NullMarked
package dev.sluice.testkit.rotation;

import org.jspecify.annotations.NullMarked;
