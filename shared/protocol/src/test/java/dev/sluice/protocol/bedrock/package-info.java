/// Tests of Bedrock's Converse API.
@NullMarked
package dev.sluice.protocol.bedrock;

import org.jspecify.annotations.NullMarked;
