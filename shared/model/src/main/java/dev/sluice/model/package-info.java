/// What a request, an answer and a failure mean, free of any wire dialect. Depends on the JDK only.
@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
