/// What a function is told about its stack.
@NullMarked
package dev.sluice.aws.settings;

import org.jspecify.annotations.NullMarked;
