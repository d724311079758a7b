/// An AWS account on loopback, as far as an owner's command asks it.
@NullMarked
package dev.sluice.testkit.account;

import org.jspecify.annotations.NullMarked;
