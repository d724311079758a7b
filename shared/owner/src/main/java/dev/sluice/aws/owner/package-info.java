/// A deployed gateway as its owner reaches it: found by its stack's name, with the owner's own AWS credentials.
@NullMarked
package dev.sluice.aws.owner;

import org.jspecify.annotations.NullMarked;
