/// Secrets Manager: the providers' credentials, and the gateway's own secret.
@NullMarked
package dev.sluice.aws.secrets;

import org.jspecify.annotations.NullMarked;
