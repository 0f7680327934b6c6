-- Up Migration

-- The identity of this database among others. Servers and workers keep it in Redis under their prefix, so that two
-- deployments with one Redis and one prefix do not take each other's jobs. See server/src/cli/checks/checkDeployment.ts.
CREATE TABLE lrt.deployment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
);
INSERT INTO lrt.deployment DEFAULT VALUES;

-- Down Migration

DROP TABLE lrt.deployment;
