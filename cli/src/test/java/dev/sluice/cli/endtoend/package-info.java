/// The whole of `sluice start` over real sockets: bad clients, bad providers, many streams at once.
@NullMarked
package dev.sluice.cli.endtoend;

import org.jspecify.annotations.NullMarked;
