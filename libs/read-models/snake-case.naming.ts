import { DefaultNamingStrategy } from 'typeorm';

/** Properties in camelCase, columns in snake_case. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(property: string, customName: string | undefined): string {
    return customName ?? property.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
  }
}
