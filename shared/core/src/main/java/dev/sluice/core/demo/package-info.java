/// A scripted model on this machine, so that a fresh installation answers before any provider is configured.
@NullMarked
package dev.sluice.core.demo;

import org.jspecify.annotations.NullMarked;
