/// Fakes, virtual time and scripted upstreams for tests of everything above the core's ports.
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
