/// The cloud as a CDK app: one stack of small constructs, and a small second one at the edge.
@NullMarked
package dev.sluice.infra;

import org.jspecify.annotations.NullMarked;
