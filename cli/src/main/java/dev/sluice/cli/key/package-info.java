/// What a key may be, as its owner writes it on the command line.
@NullMarked
package dev.sluice.cli.key;

import org.jspecify.annotations.NullMarked;
