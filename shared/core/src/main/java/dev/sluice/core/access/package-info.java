/// Who may call.
@NullMarked
package dev.sluice.core.access;

import org.jspecify.annotations.NullMarked;
