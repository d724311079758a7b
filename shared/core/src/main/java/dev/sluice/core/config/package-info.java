/// The configuration: an immutable snapshot, and the reading, checking and comparing of documents.
@NullMarked
package dev.sluice.core.config;

import org.jspecify.annotations.NullMarked;
