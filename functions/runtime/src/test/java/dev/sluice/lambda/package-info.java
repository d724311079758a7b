@NullMarked
package dev.sluice.lambda;

import org.jspecify.annotations.NullMarked;
