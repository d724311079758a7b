/// The master key in its owner's hands: what holds, and how it is rotated, on this machine and in a deployed stack.
@NullMarked
package dev.sluice.cli.workerkey;

import org.jspecify.annotations.NullMarked;
