@NullMarked
package dev.sluice.infra;

import org.jspecify.annotations.NullMarked;
