/// Files that requests link to.
@NullMarked
package dev.sluice.core.media;

import org.jspecify.annotations.NullMarked;
