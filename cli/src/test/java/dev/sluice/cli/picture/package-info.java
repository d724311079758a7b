/// Makes the pictures of the documentation: real runs of the packaged command beside a gateway that is busy.
@NullMarked
package dev.sluice.cli.picture;

import org.jspecify.annotations.NullMarked;
