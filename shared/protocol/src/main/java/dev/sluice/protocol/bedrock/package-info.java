/// Amazon Bedrock's Converse API, as a provider only.
@NullMarked
package dev.sluice.protocol.bedrock;

import org.jspecify.annotations.NullMarked;
