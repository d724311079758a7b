/// What a provider's stored credential is made into where it is not sent as it is.
@NullMarked
package dev.sluice.core.credential;

import org.jspecify.annotations.NullMarked;
