/// The coding tools that Sluice knows, one class each: where its settings are, and what they must say.
@NullMarked
package dev.sluice.cli.tool.known;

import org.jspecify.annotations.NullMarked;
