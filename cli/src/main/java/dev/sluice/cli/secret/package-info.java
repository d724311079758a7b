/// Secrets at rest: the installation's own key, providers' credentials, the master key.
@NullMarked
package dev.sluice.cli.secret;

import org.jspecify.annotations.NullMarked;
