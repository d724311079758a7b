/// The person's screen, where there is one: a live view and a guided flow draw on it.
@NullMarked
package dev.sluice.cli.terminal;

import org.jspecify.annotations.NullMarked;
