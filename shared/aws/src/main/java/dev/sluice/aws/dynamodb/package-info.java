/// The stores of what everyone shares, in one DynamoDB table (ARCHITECTURE.md, "One DynamoDB table"; ADMISSION.md).
@NullMarked
package dev.sluice.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
