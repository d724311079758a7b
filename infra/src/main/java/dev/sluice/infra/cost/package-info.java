/// What the stack costs, computed from its template.
@NullMarked
package dev.sluice.infra.cost;

import org.jspecify.annotations.NullMarked;
