/// How many tokens a request has where nobody can be asked: by published vocabularies, on the safe side.
@NullMarked
package dev.sluice.core.counting;

import org.jspecify.annotations.NullMarked;
