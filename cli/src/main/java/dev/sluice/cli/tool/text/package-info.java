/// Configuration files of other programs, changed in place: what is not changed keeps every byte.
@NullMarked
package dev.sluice.cli.tool.text;

import org.jspecify.annotations.NullMarked;
