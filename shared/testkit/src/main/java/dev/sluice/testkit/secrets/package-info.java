/// Secrets Manager as tests need it.
@NullMarked
package dev.sluice.testkit.secrets;

import org.jspecify.annotations.NullMarked;
