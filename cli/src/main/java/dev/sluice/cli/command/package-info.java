/// One class for each command, and what they share: options, output, exit codes.
@NullMarked
package dev.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
