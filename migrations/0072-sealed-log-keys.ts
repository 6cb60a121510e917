import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The private part of a key of the audit logs is sealed where there is a secret to seal it with, and forgotten once another key signs. Keys from before
 * stay as they lie until the next rotation. The column changes its type, which row-level security does not keep from any row.
 */
export class SealedLogKeys0072 implements MigrationInterface {
  readonly name = 'SealedLogKeys1700000000072';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE log_keys
        ALTER COLUMN private_jwk DROP NOT NULL,
        ALTER COLUMN private_jwk TYPE bytea USING convert_to(nullif(private_jwk, 'null')::text, 'UTF8'),
        ADD COLUMN is_sealed boolean NOT NULL DEFAULT FALSE`);
    await queryRunner.query('ALTER TABLE log_keys ALTER COLUMN is_sealed DROP DEFAULT');
    await queryRunner.query('ALTER TABLE log_keys RENAME COLUMN private_jwk TO secret');
    // What is sealed has a nonce and a tag of 28 bytes before it, and what is not is longer than that by itself.
    await queryRunner.query('ALTER TABLE log_keys ADD CONSTRAINT log_keys_secret_check CHECK (length(secret) > 28)');
    await queryRunner.query(`GRANT UPDATE (secret) ON log_keys TO ${role}`);
    await queryRunner.query('CREATE POLICY forgetting ON log_keys AS RESTRICTIVE FOR UPDATE WITH CHECK (secret IS NULL)');
  }

  /** What is sealed or forgotten cannot be given back: it is the JSON null, and the release before signs again after a rotation. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP POLICY forgetting ON log_keys');
    await queryRunner.query(`REVOKE UPDATE (secret) ON log_keys FROM ${role}`);
    await queryRunner.query('ALTER TABLE log_keys DROP CONSTRAINT log_keys_secret_check');
    await queryRunner.query('ALTER TABLE log_keys RENAME COLUMN secret TO private_jwk');
    await queryRunner.query(`
      ALTER TABLE log_keys ALTER COLUMN private_jwk TYPE jsonb
        USING CASE WHEN private_jwk IS NULL OR is_sealed THEN 'null' ELSE convert_from(private_jwk, 'UTF8')::jsonb END`);
    await queryRunner.query('ALTER TABLE log_keys ALTER COLUMN private_jwk SET NOT NULL, DROP COLUMN is_sealed');
  }
}

const role = 'credit_recognition_service';
