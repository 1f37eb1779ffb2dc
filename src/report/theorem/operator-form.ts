/** Whether a theorem's equation can be written without components. */
import { COMPONENT } from '../../formula/formula.ts';
import { isOperatorText } from '../../latex/write/differential.ts';
import { present } from './present.ts';
import type { Theorem } from './theorem-parts.ts';

/** True where every coefficient is a sum of elementary differentials and of vectors with a name. */
export const hasOperatorForm = ({ coefficients }: Theorem): boolean =>
  coefficients.every(
    each =>
      isZero(each) ||
      isOperatorText(
        present(each, () => false),
        COMPONENT,
      ),
  );

const isZero = (formula: Theorem['coefficients'][number]): boolean =>
  formula.kind === 'number' && formula.value.isZero();
