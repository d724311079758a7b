/// The guided flow of a bare `sluice` on a terminal: wizards over the same parts as the commands.
@NullMarked
package dev.sluice.cli.guide;

import org.jspecify.annotations.NullMarked;
