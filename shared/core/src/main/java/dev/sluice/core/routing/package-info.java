/// From a model name to an ordered plan of targets. Pure.
@NullMarked
package dev.sluice.core.routing;

import org.jspecify.annotations.NullMarked;
