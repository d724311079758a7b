@NullMarked
package dev.sluice.infra.cost;

import org.jspecify.annotations.NullMarked;
