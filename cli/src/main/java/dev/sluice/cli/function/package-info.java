/// `start --lambda`: the packaged function in the local engine, with its secrets, its table and its caller's key.
@NullMarked
package dev.sluice.cli.function;

import org.jspecify.annotations.NullMarked;
