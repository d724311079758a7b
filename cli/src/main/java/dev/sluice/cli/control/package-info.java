/// How other commands reach what a running `start` has open, and what they do when nothing runs.
@NullMarked
package dev.sluice.cli.control;

import org.jspecify.annotations.NullMarked;
