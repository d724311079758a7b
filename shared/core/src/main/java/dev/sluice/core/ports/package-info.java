/// What the core needs of the world: upstreams, stores, time, the client's connection.
@NullMarked
package dev.sluice.core.ports;

import org.jspecify.annotations.NullMarked;
