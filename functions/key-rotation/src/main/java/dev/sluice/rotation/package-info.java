/// The function by which Secrets Manager rotates the master key.
@NullMarked
package dev.sluice.rotation;

import org.jspecify.annotations.NullMarked;
