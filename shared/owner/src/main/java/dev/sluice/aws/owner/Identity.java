package dev.sluice.aws.owner;

/// Who AWS takes the owner's credentials for.
///
/// @param account its number
/// @param arn of the user or the assumed role
public record Identity(String account, String arn) {}
