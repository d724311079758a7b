package dev.sluice.aws.owner;

/// The services of AWS that the owner's commands ask, by their names in addresses, signatures and variables.
enum Service {
    CLOUDFORMATION("cloudformation", "CloudFormation", "CLOUDFORMATION"),
    DYNAMODB("dynamodb", "DynamoDB", "DYNAMODB"),
    LAMBDA("lambda", "Lambda", "LAMBDA"),
    LOGS("logs", "CloudWatch Logs", "CLOUDWATCH_LOGS"),
    SECRETS_MANAGER("secretsmanager", "Secrets Manager", "SECRETS_MANAGER"),
    SSM("ssm", "Systems Manager", "SSM"),
    STS("sts", "STS", "STS");

    private final String host;
    private final String shown;
    private final String variable;

    Service(String host, String shown, String variable) {
        this.host = host;
        this.shown = shown;
        this.variable = variable;
    }

    /// The first label of its address, the name it signs as, and the prefix of its permissions.
    String host() {
        return host;
    }

    String shown() {
        return shown;
    }

    /// As in `AWS_ENDPOINT_URL_SSM`.
    String variable() {
        return variable;
    }
}
