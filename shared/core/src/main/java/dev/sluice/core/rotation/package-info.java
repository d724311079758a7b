/// The rotation of the master key.
@NullMarked
package dev.sluice.core.rotation;

import org.jspecify.annotations.NullMarked;
