/// A stack in the owner's AWS account: made by the CDK as a child process, watched, tried out, shown and removed.
@NullMarked
package dev.sluice.cli.deploy;

import org.jspecify.annotations.NullMarked;
