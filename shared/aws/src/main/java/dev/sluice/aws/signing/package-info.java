/// Signatures of requests to AWS's own services.
@NullMarked
package dev.sluice.aws.signing;

import org.jspecify.annotations.NullMarked;
